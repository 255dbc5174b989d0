/* A server written by hand with cJSON. It matches keys without regard to case, lets the first of several win, and ends
 * texts at U+0000. The arguments are the file in which it writes down what it executes, and the version of the
 * protocol. */
#define _GNU_SOURCE
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const TOOLS[] = {"list", "read_note", "create_charge", "delete_broker"};
static const char *const ARGUMENTS[] = {"path", "amount", "text"};

static FILE *record;
static const char *version;

static void write_line(FILE *file, cJSON *value) {
  char *text = cJSON_PrintUnformatted(value);
  fprintf(file, "%s\n", text);
  fflush(file);
  free(text);
  cJSON_Delete(value);
}

static void execute(const char *tool, const cJSON *given) {
  cJSON *executed = cJSON_CreateObject();
  cJSON_AddStringToObject(executed, "tool", tool);
  cJSON *arguments = cJSON_AddObjectToObject(executed, "arguments");
  for (size_t i = 0; i < sizeof ARGUMENTS / sizeof *ARGUMENTS; i++) {
    const cJSON *argument = cJSON_GetObjectItem(given, ARGUMENTS[i]);
    if (argument == NULL) continue;
    /* JSON has no infinity, and cJSON prints null for it. */
    cJSON *copy = cJSON_IsNumber(argument) && argument->valuedouble - argument->valuedouble != 0
                      ? cJSON_CreateString("Infinity")
                      : cJSON_Duplicate(argument, 1);
    cJSON_AddItemToObject(arguments, ARGUMENTS[i], copy);
  }
  write_line(record, executed);
}

/* Batches are run, and calls without an id too. */
static void receive(const cJSON *message) {
  const cJSON *each = NULL;
  if (cJSON_IsArray(message)) {
    cJSON_ArrayForEach(each, message) receive(each);
    return;
  }
  const char *method = cJSON_GetStringValue(cJSON_GetObjectItem(message, "method"));
  if (method == NULL) return;
  if (strcasecmp(method, "tools/call") == 0) {
    const cJSON *params = cJSON_GetObjectItem(message, "params");
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItem(params, "name"));
    for (size_t i = 0; name != NULL && i < sizeof TOOLS / sizeof *TOOLS; i++)
      if (strcasecmp(name, TOOLS[i]) == 0) execute(TOOLS[i], cJSON_GetObjectItem(params, "arguments"));
  }
  const cJSON *id = cJSON_GetObjectItem(message, "id");
  if (id == NULL) return;
  cJSON *answer = cJSON_CreateObject();
  cJSON_AddStringToObject(answer, "jsonrpc", "2.0");
  cJSON_AddItemToObject(answer, "id", cJSON_Duplicate(id, 1));
  cJSON_AddStringToObject(cJSON_AddObjectToObject(answer, "result"), "protocolVersion", version);
  write_line(stdout, answer);
}

int main(int count, char **given) {
  record = count == 3 ? fopen(given[1], "a") : NULL;
  if (record == NULL) return 1;
  version = given[2];
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, stdin) > 0) {
    cJSON *message = cJSON_Parse(line);
    if (message != NULL) receive(message);
    cJSON_Delete(message);
  }
  free(line);
  return fclose(record);
}
