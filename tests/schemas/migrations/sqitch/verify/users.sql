SELECT nick FROM users WHERE false;
