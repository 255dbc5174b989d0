"""A server written by hand, as careless as they come. argv[1] is the file in which it writes down what it executes,
argv[2] the version of the protocol.

Where careless servers differ, this one does all of it: it ends lines at whatever any reader takes for a line end,
reads several messages from one line, runs batches, calls without an id and by position, and compares names after
dropping case, width, invisible characters and whatever follows a NUL.
"""

import json
import re
import sys
import unicodedata

RECORD, VERSION = sys.argv[1:]
TOOLS = ("list", "read_note", "create_charge", "delete_broker")
ARGUMENTS = ("path", "amount", "text")
DECODER = json.JSONDecoder()


def main():
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace", newline=None)
    sys.stdout.reconfigure(encoding="utf-8")
    for line in sys.stdin:
        for piece in line.splitlines():
            for message in messages(piece):
                try:
                    receive(message)
                except (AttributeError, TypeError, ValueError, RecursionError):
                    continue


def messages(text):
    """All that can be read from the front of a text, and whatever remains behind odd separators."""
    at = 0
    while at < len(text):
        try:
            message, at = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            while at < len(text) and text[at] != "{":
                at += 1
            continue
        yield message


def receive(message):
    if isinstance(message, list):
        for each in message:
            receive(each)
        return
    message = {clean(key): value for key, value in message.items()}
    method = re.sub("[^a-z]", "", clean(message.get("method")))
    if method == "toolscall":
        call(message.get("params"))
    if "id" in message and method != "":
        result = {"content": [], "protocolVersion": VERSION}
        print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)


def call(params):
    if isinstance(params, list):
        params = dict(zip(("name", "arguments"), params))
    params = {clean(key): value for key, value in params.items()}
    tool = clean(params.get("name"))
    given = params.get("arguments") or {}
    if isinstance(given, str):
        given = json.loads(given)
    arguments = {clean(key): plain(value) for key, value in given.items() if clean(key) in ARGUMENTS}
    if tool in TOOLS:
        with open(RECORD, "a", encoding="utf-8") as record:
            record.write(json.dumps({"tool": tool, "arguments": arguments}) + "\n")


def clean(text):
    """What is left of a name for C, for a shell, and for whoever means well."""
    while isinstance(text, list) and text:
        text = text[0]
    seen = unicodedata.normalize("NFKC", str(text).split("\0")[0])
    return "".join(letter for letter in seen if letter.isprintable()).casefold().strip()


def plain(value):
    """JSON has no infinity."""
    return str(value) if isinstance(value, float) and value - value != 0 else value


main()
