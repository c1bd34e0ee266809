"""A small OpenAI-compatible embeddings endpoint around an ONNX sentence encoder that you supply. For [encoder] of jianwei.toml (docs/encoders.md).

    python3 -m venv encoder && encoder/bin/pip install onnxruntime tokenizers numpy
    encoder/bin/python tools/encoder_endpoint.py MODEL_FOLDER [--port 8089] [--threads 2] [--pooling mean|cls] [--max-tokens 256]

MODEL_FOLDER holds model.onnx (or one .onnx file by another name) and tokenizer.json, as most sentence encoders are published. It listens on this machine only.
A model whose output is already one vector a text is used as it is; else the token vectors are pooled over the attention mask. Vectors are scaled to unit length.
"""
import argparse
import json
import pathlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy
import onnxruntime
from tokenizers import Tokenizer


class Encoder:
    def __init__(self, folder, threads, pooling, max_tokens):
        models = sorted(folder.glob("*.onnx")) or sorted(folder.glob("onnx/*.onnx"))
        model = next((m for m in models if m.name == "model.onnx"), models[0] if models else None)
        if model is None or not (folder / "tokenizer.json").exists():
            raise SystemExit(f"{folder}: needs an .onnx file and tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.inputs = {i.name for i in self.session.get_inputs()}
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_tokens)
        self.tokenizer.enable_padding()
        self.pooling = pooling
        self.name = folder.name

    def encode(self, texts):
        # Texts of like length together: padding costs as much as words do.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = [None] * len(texts)
        for begin in range(0, len(order), 16):
            rows = order[begin:begin + 16]
            tokens = self.tokenizer.encode_batch([texts[i] for i in rows])
            mask = numpy.array([t.attention_mask for t in tokens], dtype=numpy.int64)
            feed = {"input_ids": numpy.array([t.ids for t in tokens], dtype=numpy.int64), "attention_mask": mask,
                    "token_type_ids": numpy.array([t.type_ids for t in tokens], dtype=numpy.int64)}
            output = self.session.run(None, {name: value for name, value in feed.items() if name in self.inputs})[0]
            if output.ndim == 3:
                weights = mask[:, :, None].astype(output.dtype)
                output = output[:, 0] if self.pooling == "cls" else (output * weights).sum(1) / weights.sum(1)
            output = output / numpy.linalg.norm(output, axis=1, keepdims=True)
            for row, vector in zip(rows, output):
                vectors[row] = [round(float(x), 7) for x in vector]
        return vectors


def handler_of(encoder):
    class Handler(BaseHTTPRequestHandler):
        def answer(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            try:
                request = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                texts = [request["input"]] if isinstance(request["input"], str) else list(request["input"])
                if not texts or not all(isinstance(text, str) for text in texts):
                    raise ValueError("\"input\" must be a text or a list of texts")
            except (ValueError, KeyError, TypeError) as error:
                self.answer(400, {"error": {"message": f"bad request: {error}"}})
                return
            data = [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(encoder.encode(texts))]
            self.answer(200, {"object": "list", "model": encoder.name, "data": data})

        def log_message(self, *_):
            pass

    return Handler


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=int, default=8089)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pooling", choices=["mean", "cls"], default="mean")
    parser.add_argument("--max-tokens", type=int, default=256)
    arguments = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", arguments.port), handler_of(Encoder(arguments.folder, arguments.threads, arguments.pooling, arguments.max_tokens)))
    print(f"url = \"http://127.0.0.1:{server.server_port}/v1/embeddings\"", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
