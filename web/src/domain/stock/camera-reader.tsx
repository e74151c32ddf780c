import { Alert, Button, Text } from '@mantine/core';
import { IconCamera, IconCameraOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useStockWords } from '@/i18n/stock';
import classes from './camera.module.css';
import { FORMATS } from './scanned-text';

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string }[]>;
}

type DetectorClass = new (options: { formats: readonly string[] }) => Detector;

/** Not in every browser, and so not among the types of this language. */
const detectorClass = (): DetectorClass | undefined =>
  (window as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

const LOOK_EVERY_MS = 200;

/** Reads by the camera where the browser can; where it cannot, it says so. */
export function CameraReader({ onRead }: { onRead: (code: string) => void }) {
  const { scan: words } = useStockWords();
  const [looking, setLooking] = useState(false);
  const [refused, setRefused] = useState(false);
  if (!detectorClass()) {
    return (
      <Text size="sm" c="dimmed">
        {words.noCamera}
      </Text>
    );
  }
  return (
    <>
      <Button
        variant="default"
        leftSection={
          looking ? <IconCameraOff size={18} aria-hidden /> : <IconCamera size={18} aria-hidden />
        }
        onClick={() => {
          setRefused(false);
          setLooking(!looking);
        }}
      >
        {looking ? words.stopCamera : words.camera}
      </Button>
      {refused ? (
        <Alert color="red" variant="light" role="alert">
          {words.cameraRefused}
        </Alert>
      ) : null}
      {looking ? (
        <CameraView
          onRead={(code) => {
            setLooking(false);
            onRead(code);
          }}
          onRefused={() => {
            setLooking(false);
            setRefused(true);
          }}
        />
      ) : null}
    </>
  );
}

interface CameraViewProps {
  onRead: (code: string) => void;
  onRefused: () => void;
}

function CameraView({ onRead, onRefused }: CameraViewProps) {
  const { scan: words } = useStockWords();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ onRead, onRefused });
  useEffect(() => {
    latest.current = { onRead, onRefused };
  }, [onRead, onRefused]);
  useEffect(() => {
    const Reader = detectorClass();
    const view = video.current;
    if (!Reader || !view) return undefined;
    const detector = new Reader({ formats: FORMATS });
    let stopped = false;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      stopped = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
    const look = async () => {
      // A picture in which nothing can be read is the usual one.
      const found = await detector.detect(view).catch(() => []);
      if (stopped) return;
      const [code] = found;
      if (code) latest.current.onRead(code.rawValue);
      else timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment' },
        });
        if (stopped) return stop();
        view.srcObject = stream;
        await view.play();
        await look();
      } catch {
        if (!stopped) latest.current.onRefused();
      }
    };
    void start();
    return stop;
  }, []);
  return <video ref={video} className={classes.camera} aria-label={words.view} muted playsInline />;
}
