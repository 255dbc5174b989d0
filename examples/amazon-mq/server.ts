import { serve } from './stand-in.js';

await serve();
