"""Rendered plates and scenes, and the trainers of the plate models. Not part of the installed package."""
