"""The schema of errors in the OpenAPI document: RFC 9457, with the members that problems have."""

FIELD_ERROR = {
    "type": "object",
    "required": ["pointer", "detail"],
    "properties": {
        "pointer": {
            "type": "string",
            "description": "RFC 6901 pointer into the body, or `/name` of a parameter.",
            "examples": ["/layout/3/capacity"],
        },
        "detail": {"type": "string"},
        "in": {
            "type": "string",
            "enum": ["query", "path", "header", "cookie"],
            "description": "The kind of parameter (path, query, …); absent for the body.",
        },
    },
}
PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail", "errors", "request_id"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:stockwarden:problem:not-found"]},
        "title": {"type": "string", "examples": ["Not found"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string", "description": "Written for the person who sent the request."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}},
        "request_id": {"type": "string", "description": "Include it when you ask for help."},
        "reason": {"type": "string", "description": "A stable code, for unreadable files."},
        "newer": {
            "type": "object",
            "description": "If it is superseded: what to change instead.",
            "additionalProperties": {"type": "string"},
        },
        "stock": {
            "type": "object",
            "description": "If stock does not allow it: why (`reason`), and what there is.",
            "properties": {
                "reason": {
                    "type": "string",
                    "enum": [
                        "short",
                        "too_little",
                        "below_zero",
                        "counted",
                        "reserved",
                        "archived",
                        "quarantined",
                        "expired",
                        "serial",
                        "reversed",
                        "posted",
                        "order",
                    ],
                },
                "pointer": {"type": "string", "description": "The line that is refused."},
                "item_id": {"type": "string"},
                "item_name": {"type": "string"},
                "warehouse_id": {"type": "string"},
                "location": {"type": ["string", "null"]},
                "lot": {"type": ["string", "null"]},
                "quantity": {"type": "number", "description": "What is there."},
                "available": {"type": "number", "description": "Without what is reserved."},
                "unit": {"type": "string"},
                "at": {"type": "string", "description": "The instant, if it is not now."},
                "count_id": {"type": "string"},
                "expiry_date": {"type": "string"},
                "serial": {"type": "string"},
                "movement_id": {"type": "string", "description": "Of the reversal."},
                "order_id": {"type": "string"},
            },
            "required": ["reason"],
        },
        "order": {
            "type": "object",
            "description": "If an order is not in the state for it: what can be done with it.",
            "properties": {
                "status": {"type": "string"},
                "possible": {"type": "array", "items": {"type": "string"}},
                "lines": {
                    "type": "array",
                    "description": "Where more was given than is open: what is open.",
                    "items": {
                        "type": "object",
                        "properties": {
                            "line_id": {"type": "string"},
                            "item_id": {"type": "string"},
                            "ordered": {"type": "number"},
                            "done": {"type": "number"},
                            "open": {"type": "number"},
                            "unit": {"type": "string"},
                        },
                        "required": ["line_id", "ordered", "done", "open", "unit"],
                    },
                },
            },
            "required": ["status", "possible"],
        },
        "short": {
            "type": "array",
            "description": "If components of kits are short: each, with what is needed and free.",
            "items": {
                "type": "object",
                "properties": {
                    "item_id": {"type": "string"},
                    "item_name": {"type": "string"},
                    "needed": {"type": "number"},
                    "free": {"type": "number"},
                    "short": {"type": "number"},
                    "unit": {"type": "string"},
                    "is_kit": {
                        "type": "boolean",
                        "description": "Whether it is a kit, which is assembled first.",
                    },
                },
                "required": ["item_id", "item_name", "needed", "free", "short", "unit", "is_kit"],
            },
        },
        "taken": {
            "type": "object",
            "description": "If another one has the same: the field, and its id where it is known.",
            "properties": {"field": {"type": "string"}, "by": {"type": "string"}},
            "required": ["field"],
        },
        "used_by": {
            "type": "object",
            "description": "If it is not deleted: what refers to it, and how many.",
            "additionalProperties": {"type": "integer"},
        },
        "owned": {
            "type": "object",
            "description": "If an account still owns something: what; with `more`, it is not all.",
            "properties": {
                "warehouses": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
                        "required": ["id", "name"],
                    },
                },
                "reports": {"type": "integer", "description": "Reports outside of these."},
                "more": {"type": "boolean"},
            },
            "required": ["warehouses", "reports", "more"],
        },
        "violated-policies": {
            "type": "array",
            "description": "The policies of RateLimit-Policy whose quota is used up.",
            "items": {"type": "string"},
        },
    },
}
