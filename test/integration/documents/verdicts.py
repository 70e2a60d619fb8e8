"""Says of documents whether the published schema accepts them: another validator, with another parser, in another language.

The first line of standard input is {"schema": path, "definitions": {name: [values]}}; every other one is a document in base64.
Prints true or false for each.
"""
import base64
import datetime
import json
import re
import sys

import jsonschema

DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
formats = jsonschema.FormatChecker(formats=())


@formats.checks("date-time")
def is_date_time(value):
    """RFC 3339, section 5.6; a leap second where section 5.7 allows one."""
    if not isinstance(value, str):
        return True
    parts = DATE_TIME.fullmatch(value)
    if parts is None:
        return False
    day, hour, minute, second, _, offset = parts.groups()
    is_leap = second == "60"
    offset = "+00:00" if offset in "Zz" else offset
    try:
        time = datetime.datetime.fromisoformat(f"{day}T{hour}:{minute}:{'59' if is_leap else second}{offset}")
    except ValueError:
        return False
    if not is_leap:
        return True
    utc = time.astimezone(datetime.timezone.utc)
    return (utc.month, utc.day) in ((6, 30), (12, 31)) and (utc.hour, utc.minute) == (23, 59)


def refuse(constant):
    raise ValueError(f"{constant} is no JSON")


def load(schema, definitions):
    with open(schema, encoding="utf-8") as file:
        text = file.read().replace("#/components/schemas/", "#/$defs/")
    loaded = json.loads(text)
    del loaded["$id"]
    loaded["$defs"] = {name: {"enum": values} for name, values in definitions.items()}
    return jsonschema.Draft202012Validator(loaded, format_checker=formats)


def accepts(validator, document):
    try:
        value = json.loads(document.decode("utf-8"), parse_constant=refuse)
    except ValueError:
        return False
    return validator.is_valid(value)


validator = load(**json.loads(sys.stdin.readline()))
for line in sys.stdin:
    print(json.dumps(accepts(validator, base64.b64decode(line))))
