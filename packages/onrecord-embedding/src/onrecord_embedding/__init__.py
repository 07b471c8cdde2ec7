"""The sentence model of onrecord, as a folder ``model`` beside this file: ONNX and JSON, no code."""
