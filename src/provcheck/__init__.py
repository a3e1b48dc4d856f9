"""provcheck: what submitted photos themselves support, contradict or leave open."""

__version__ = "0.1.0"
