// Reads QR codes away from the page's thread. The .wasm comes from our own server: the
// library's default is a foreign address.
/* global ZXingWASM */

const BASE = "/static/vendor/zxing-wasm-3.1.4/";
importScripts(`${BASE}zxing_reader.js`);

const OPTIONS = { formats: ["QRCode"], tryHarder: true, tryInvert: false, maxNumberOfSymbols: 1 };

ZXingWASM.prepareZXingModule({ overrides: { locateFile: (name) => BASE + name } });

onmessage = async ({ data }) => {
  let codes = [];
  try {
    const results = await ZXingWASM.readBarcodes(data, OPTIONS);
    codes = results.filter((result) => result.isValid && result.text).map((result) => result.text);
  } finally {
    // Whatever the picture held, the next one must be asked for.
    postMessage({ codes });
  }
};
