import os
EMAIL_HOST = "smtp"
EMAIL_PORT: int = int(os.getenv("P", "587"))
# EMAIL_USE_TLS = True
EMAIL_USE_SSL = os.getenv("S", "False").lower() in ("true", "1")
EMAIL_USE_TLS = config("T", default=True, cast=bool)
X = bool(os.getenv("B"))
Y = os.environ["Y"] == "True"
Z = os.environ.get("Z", 'd')
TRAP = "x",
MAILERS = {
    "default": {
        "OPTIONS": {
            "host": "h",
            "port": 587,
            "use_tls": True
        },
    },
}
app.config['MAIL_SERVER'] = 'x'
app.config.update(MAIL_SERVER='x', MAIL_PORT=587)
conf = ConnectionConfig(
    MAIL_SERVER="x",
    MAIL_STARTTLS=True,
)
class S(BaseSettings):
    """It's a doc"""
    host: str = "x"
    class Config:
        env_file = ".env"
server = smtplib.SMTP_SSL("host", 465)
def f(a="b"):
    server.starttls()
    return {"x": None}
