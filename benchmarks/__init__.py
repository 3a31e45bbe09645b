"""Measurements that anyone can run: speed, recall, quality."""
