const nodemailer = require('nodemailer');

module.exports = nodemailer.createTransport({
  host: 'smtp.resend.com',
  port: 587,
  secure: true,
  auth: {
    user: 'resend',
    password: process.env.RESEND_API_KEY,
  },
});
