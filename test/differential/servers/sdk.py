"""A server of the official Python SDK. argv[1] is the file in which it writes down what it executes.

The SDK reads text with universal newlines, so a carriage return ends a line, and its models convert: "500" is 500.
"""

import json
import sys

from mcp.server.mcpserver import MCPServer

RECORD = sys.argv[1]
server = MCPServer("sdk-python")


def register(tool):
    def execute(
        path: str | list[str] | None = None, amount: float | None = None, text: str | None = None
    ) -> str:
        given = {"path": path, "amount": amount, "text": text}
        arguments = {key: plain(value) for key, value in given.items() if value is not None}
        with open(RECORD, "a", encoding="utf-8") as record:
            record.write(json.dumps({"tool": tool, "arguments": arguments}) + "\n")
        return "done"

    server.tool(name=tool)(execute)


def plain(value):
    """JSON has no infinity."""
    return str(value) if value in (float("inf"), float("-inf")) or value != value else value


for name in ("list", "read_note", "create_charge", "delete_broker"):
    register(name)

server.run()
