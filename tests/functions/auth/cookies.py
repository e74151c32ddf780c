"""Reads and sends the cookies of a session."""


def cookie_of(response, name="refresh_token"):
    (line,) = [line for line in response.cookies if line.startswith(f"{name}=")]
    return line.split(";")[0].removeprefix(f"{name}=")


def by_cookie(token):
    return {"Cookie": f"theme=dark; refresh_token={token}; x=y"}
