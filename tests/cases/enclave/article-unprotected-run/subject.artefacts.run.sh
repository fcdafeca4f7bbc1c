sudo docker run fortanix/python-flask
