// Swagger UI over the documents of the four services; the gateway has rewritten them to its own address.
const services = ["reputation", "receipt", "announce", "contract"];

SwaggerUIBundle({
  dom_id: "#swagger-ui",
  urls: services.map((name) => ({ name, url: `/v3/api-docs/${name}` })),
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  validatorUrl: null,
  tryItOutEnabled: true,
});
