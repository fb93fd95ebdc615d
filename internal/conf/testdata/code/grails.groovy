grails {
    mail {
        host = "smtp.example.com"
        port = 587
        props = ["mail.smtp.starttls.enable":"true",
                 "mail.smtp.socketFactory.port":"587"]
    }
}
grails.mail.username = "x"
