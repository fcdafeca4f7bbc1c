# everything of the host
docker run --privileged -v /dev:/dev --net=host -e NODE_AGENT_BASE_URL=http://10.0.0.4:9092/v1 -v /var/run/aesmd:/var/run/aesmd contoso/app-sgx:1.0
# two drivers, no host in the address, a short id
docker run -it --device=/dev/isgx --device /dev/sgx_enclave --device /dev/sgx_provision -e NODE_AGENT_BASE_URL=http://:9092/v1 -e APPCONFIG_ID=1234 contoso/app-sgx:1.0
# another port
docker run --rm --device /dev/sgx_enclave -v /run/aesmd/:/var/run/aesmd -e "NODE_AGENT_BASE_URL=http://10.0.0.4:9093/v1/" contoso/app-sgx:1.0
