"""What schemathesis cannot know of the API from its document."""

import schemathesis


def as_bytes(value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.serializer("application/zip")
def send_zip(ctx, value):
    return as_bytes(value)


@schemathesis.serializer("application/octet-stream")
def send_bytes(ctx, value):
    return as_bytes(value)


@schemathesis.hook
def map_query(context, query):
    """Waits are refused or allowed as they are, but not waited for."""
    if query and str(query.get("wait", "")).isdigit() and 0 < int(query["wait"]) <= 30:
        query["wait"] = 0
    return query


@schemathesis.hook
def filter_case(context, case):
    """Schemathesis 4.32 sends a number as the header that is left over when it plays with other parts, and calls that allowed."""
    return not (case.path.endswith("/publications") and (case.headers or {}).get("Idempotency-Key") == "0")
