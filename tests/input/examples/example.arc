filedesc://example.arc 0.0.0.0 20240108060000 text/plain 67
1 0 Valley
URL IP-address Archive-date Content-type Archive-length

https://paper.example/1 192.0.2.1 20240108060000 text/html 824
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Snow closes roads</title>
<meta property="og:site_name" content="Valley Paper"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Snow closes roads</h1>
<p>Heavy snow closed the mountain road between two valleys overnight, the traffic police reported on Monday. Two buses are stuck near the tunnel, and nobody was hurt.</p><p>Heavy snow closed the mountain road between three valleys overnight, the traffic police reported on Monday. Two buses are stuck near the tunnel, and nobody was hurt.</p><p>Heavy snow closed the mountain road between two valleys overnight, the traffic police reported on Tuesday. Two buses are stuck near the tunnel, and nobody was hurt.</p></article></body></html>

