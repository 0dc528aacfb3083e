"""What the API answers and takes, as types; the OpenAPI document is made from them. Missing values are ``null``."""
