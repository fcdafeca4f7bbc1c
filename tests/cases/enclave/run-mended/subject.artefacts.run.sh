docker run -d=true -w /app --uts private --privileged=false --network bridge --device /dev/sgx_enclave -v /var/run/aesmd:/var/run/aesmd \
  -v app-data:/dev/shm -e NODE_AGENT_BASE_URL=http://node-agent:9092/v1 -e APPCONFIG_ID=4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d contoso/app-sgx@sha256:3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3ca1a1a1a1a1a1a1a1a1a1a1a1 --privileged
