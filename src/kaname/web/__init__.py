"""The pages: server-rendered, Japanese first, English complete; made from the declarations."""
