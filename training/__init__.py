"""Makes the model folder of the tagger: prepare, train, export, evaluate. Never imported by `onrecord` itself."""
