// A server written by hand with the standard library. Its decoder matches keys without regard to case and lets the
// last of several win. The arguments are the file in which it writes down what it executes, and the version of the protocol.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log"
	"os"
	"strings"
)

type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params struct {
		Name      string    `json:"name"`
		Arguments arguments `json:"arguments"`
	} `json:"params"`
}

// A Number is also read from a string.
type arguments struct {
	Path   *string      `json:"path,omitempty"`
	Amount *json.Number `json:"amount,omitempty"`
	Text   *string      `json:"text,omitempty"`
}

type execution struct {
	Tool      string    `json:"tool"`
	Arguments arguments `json:"arguments"`
}

var tools = []string{"list", "read_note", "create_charge", "delete_broker"}

func main() {
	record, err := os.OpenFile(os.Args[1], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		log.Fatal(err)
	}
	executed, answers := json.NewEncoder(record), json.NewEncoder(os.Stdout)
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(line, []byte("\ufeff"))))
		for {
			var value json.RawMessage
			if decoder.Decode(&value) != nil {
				break
			}
			receive(value, executed, answers)
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}

// Batches are run, calls without an id too, and a member of the wrong type does not stop the rest.
func receive(value json.RawMessage, executed, answers *json.Encoder) {
	var batch []json.RawMessage
	if json.Unmarshal(value, &batch) == nil {
		for _, each := range batch {
			receive(each, executed, answers)
		}
		return
	}
	var asked message
	var mismatch *json.UnmarshalTypeError
	if err := json.Unmarshal(value, &asked); err != nil && !errors.As(err, &mismatch) {
		return
	}
	if same(asked.Method, "tools/call") {
		for _, tool := range tools {
			if same(asked.Params.Name, tool) {
				check(executed.Encode(execution{tool, asked.Params.Arguments}))
			}
		}
	}
	if asked.ID != nil && asked.Method != "" {
		result := map[string]any{"content": []any{}, "protocolVersion": os.Args[2]}
		check(answers.Encode(map[string]any{"jsonrpc": "2.0", "id": asked.ID, "result": result}))
	}
}

func same(text, name string) bool {
	return strings.EqualFold(strings.TrimSpace(text), name)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
