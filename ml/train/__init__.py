"""Training: pictures and a TOML recipe in, checkpoints out. Never imported by the worker or the add-on."""
