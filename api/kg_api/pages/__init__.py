"""The pages for people: server-rendered, whole without script, in Japanese and English."""
