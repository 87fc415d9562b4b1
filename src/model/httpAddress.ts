/** Where a route of an API, or a function URL, answers on this machine. */
export interface HttpAddress {
  readonly kind: 'restApi' | 'httpApi' | 'functionUrl';
  readonly functionName: string;
  /** Absent: `$LATEST`. */
  readonly qualifier?: string;
  /** Of the definition, as triggers have it. */
  readonly logicalId: string;
  readonly stackId: string;
  /** As the trigger's: `GET /orders/{orderId}`, `$default`, `Function URL`. */
  readonly label: string;
  /** Upper case; absent where every method is taken. */
  readonly method?: string;
  /** By path, for example `http://127.0.0.1:40123/execute-api/shopapi/orders/{orderId}`. */
  readonly url: string;
  /** By host name, for example `http://shopapi.execute-api.localhost:40123/orders/{orderId}`. */
  readonly hostUrl: string;
}
