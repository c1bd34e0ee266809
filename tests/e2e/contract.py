"""Holds answers against src/server/openapi.yaml: what an answer has, and that it has nothing the contract does not name."""
import yaml

from server_client import ROOT, check

CONTRACT = yaml.safe_load((ROOT / "src/server/openapi.yaml").read_text())
KINDS = {"string": str, "boolean": bool, "object": dict, "array": list, "null": type(None)}


def is_kind(value, kind):
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "integer":  # 3.0 is a whole number in JSON Schema
        return isinstance(value, int) and not isinstance(value, bool) or isinstance(value, float) and value.is_integer()
    return isinstance(value, KINDS[kind])


def faults(value, schema, place="answer"):
    """Everything about `value` that the schema does not allow."""
    if "$ref" in schema:
        return faults(value, CONTRACT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], place)
    if "anyOf" in schema:
        tried = [faults(value, option, place) for option in schema["anyOf"]]
        return [] if any(not found for found in tried) else min(tried, key=len)
    found = []
    kinds = schema.get("type")
    if kinds and not any(is_kind(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return [f"{place}: {value!r:.60} is not {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is not one of {schema['enum']}")
    if isinstance(value, dict) and ("properties" in schema or "additionalProperties" in schema):
        known = schema.get("properties", {})
        found += [f"{place}: has no {name}" for name in schema.get("required", []) if name not in value]
        for name, inner in value.items():
            if name in known:
                found += faults(inner, known[name], f"{place}.{name}")
            elif isinstance(schema.get("additionalProperties"), dict):
                found += faults(inner, schema["additionalProperties"], f"{place}.{name}")
            elif schema.get("additionalProperties") is not True:
                found.append(f"{place}: the contract does not name {name}")
    if isinstance(value, list):
        for i, inner in enumerate(value):
            first = schema.get("prefixItems", [])
            expected = first[i] if i < len(first) else schema.get("items")
            if expected:
                found += faults(inner, expected, f"{place}[{i}]")
    return found


def operation(method, path):
    return CONTRACT["paths"][path][method.lower()]


def check_answer(answer, method, path):
    """`path` as the contract writes it, with {parameters}."""
    responses = operation(method, path)["responses"]
    response = responses.get(str(answer.status), responses.get("default"))
    check(response, f"{method} {path}: the contract knows no status {answer.status}")
    if "$ref" in response:
        response = CONTRACT["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    content = response.get("content", {})
    check(kind in content or "*/*" in content, f"{method} {path}: the contract knows no {kind}")
    if kind.endswith("json"):
        found = faults(answer.json, content[kind]["schema"])
        check(not found, f"{method} {path}: " + "; ".join(found[:5]))
