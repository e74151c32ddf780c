import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Rest<P> = P & Omit<ComponentPropsWithRef<'a'>, keyof P>;

function PlainLink(props: Rest<AnchorProps>) {
  return <Anchor {...props} />;
}

function PlainButton(props: Rest<ButtonProps>) {
  return <Button component="a" {...props} />;
}

/** Links of the router that look like the rest of the page. */
export const TextLink = createLink(PlainLink);
export const ButtonLink = createLink(PlainButton);
