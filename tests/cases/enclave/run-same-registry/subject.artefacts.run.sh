docker run --device /dev/sgx_enclave -v /var/run/aesmd:/var/run/aesmd \
  -e NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1/ \
   docker.io/fortanix-private/python-flask-sgx@sha256:3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3ca1a1a1a1a1a1a1a1a1a1a1a1
