// The camera: one frame at a time to the decoder, nothing kept. A code held in view is
// reported once; it counts again only after it was out of sight for a while.

const SAME_CODE_MS = 3000;
const WIDTH = { ideal: 1280 };

export class Camera {
  constructor(video, onCode) {
    this.video = video;
    this.onCode = onCode;
    this.seen = new Map();
    this.busy = false;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.decoder = new Worker("/scanner/decoder.js");
    this.decoder.onmessage = ({ data }) => this.decoded(data.codes);
    this.decoder.onerror = () => { this.busy = false; };
  }

  // Start with the camera chosen, else the one at the back. Throws when there is none.
  async start(deviceId) {
    this.stop();
    const video = deviceId
      ? { deviceId: { exact: deviceId }, width: WIDTH }
      : { facingMode: { ideal: "environment" }, width: WIDTH };
    this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.next();
  }

  stop() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  get hasTorch() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  async torch(on) {
    await this.track?.applyConstraints({ advanced: [{ torch: on }] });
  }

  async others() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  next() {
    if (!this.stream) return;
    const again = () => this.frame();
    if (this.video.requestVideoFrameCallback) this.video.requestVideoFrameCallback(again);
    else requestAnimationFrame(again);
  }

  frame() {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!this.busy && width && !document.hidden) {
      this.canvas.width = width;
      this.canvas.height = height;
      this.context.drawImage(this.video, 0, 0);
      const image = this.context.getImageData(0, 0, width, height);
      this.busy = true;
      this.decoder.postMessage(image, [image.data.buffer]);
    }
    this.next();
  }

  decoded(codes) {
    this.busy = false;
    const now = performance.now();
    for (const code of codes) {
      const last = this.seen.get(code) ?? -Infinity;
      this.seen.set(code, now);
      if (now - last > SAME_CODE_MS) this.onCode(code);
    }
  }
}
