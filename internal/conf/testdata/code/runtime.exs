import Config
config :my_app, MyApp.Mailer,
  adapter: Swoosh.Adapters.SMTP,
  relay: "x",
  port: String.to_integer(System.get_env("P")),
  username: System.get_env("U") || "d",
  password: {:system, "PW"},
  pw: System.fetch_env!("X"),
  tls: :always,
  # ssl: true,
  ssl: true,
  tls_options: [verify: :verify_peer, sni: ~c"x", depth: 99, c: :public_key.cacerts_get()]

config :swoosh, :api_client, false
if config_env() == :prod do
  config :my_app, MyApp.Mailer, relay: "y", port: 1
end
