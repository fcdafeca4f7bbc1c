// Gives back what it is sent: what a request costs without any evaluation.
export default {
  async fetch(request) {
    const body = await request.text();
    return new Response(body, { headers: { "content-type": "application/json" } });
  },
};
