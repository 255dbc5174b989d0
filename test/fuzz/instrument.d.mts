export class Instrumenter {
  branches: number;
  instrument(source: string, fileName: string): string;
}
