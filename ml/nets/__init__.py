"""The networks, one file each, in torch. They know nothing of data, training or files."""
