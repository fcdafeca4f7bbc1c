docker --context prod container run --privileged=1 --device /dev/sgx_enclave -v /var/run/aesmd:/var/run/aesmd \
  -e NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1/ a/b@sha256:3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3ca1a1a1a1a1a1a1a1a1a1a1a1
docker create --network name=host --mount 'type=bind,"source=/srv/../dev",target=/d' -v /var/run/aesmd:/var/run/aesmd \
  -e NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1/ a/b@sha256:3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3ca1a1a1a1a1a1a1a1a1a1a1a1
