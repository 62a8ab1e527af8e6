"""A clear "no" of the service, before a task exists."""

from typing import Any

from sandbox.spark import catalogue


class Refusal(Exception):
    """A request that is answered with an HTTP error and makes no task.

    `code` has nine digits, or is None where the page documents no code for what is wrong.
    """

    def __init__(self, code: str | None, detail: str, *, status: int = 400) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.status = status

    def body(self) -> dict[str, Any]:
        """Build the answer's JSON: an object with the code as its page prints it, else a bare message."""
        if self.code is None:
            return {"message": self.detail}
        message = f"{catalogue.describe(self.code)}: {self.detail}"
        return {"error": {"code": catalogue.printed(self.code), "message": message}}
