/** Stands in for the SDK's validator of structured results in the demo, whose tools have none. */
export class AjvJsonSchemaValidator {
  getValidator() {
    return (data) => ({ valid: true, data, errorMessage: undefined });
  }
}
