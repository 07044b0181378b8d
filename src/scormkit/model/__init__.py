"""What an author may say: frozen pydantic models, unknown keys refused."""
