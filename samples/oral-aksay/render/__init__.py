"""A small software renderer: what it takes to draw a truck convoy on a steppe road with numpy and OpenCV alone."""
