Rails.application.configure do
  config.action_mailer.delivery_method = :smtp if x
  config.action_mailer.smtp_settings = {
    address: ENV["A"],
    :port => ENV["P"].to_i,
    'user_name' => ENV.fetch("U", "d"),
    password: ENV.fetch("PW") { "e" },
    authentication: :plain,
    tls: ENV['T'] == "true",
    pw: Rails.application.credentials.dig(:smtp, :pw)
  }
  ActionMailer::Base.smtp_settings = { address: 'x', foo: nil }
end
gitlab_rails['smtp_tls'] = true
# gitlab_rails['smtp_port'] = 465
Mail.defaults do
  delivery_method :smtp, { address: "x", port: 587 }
end
