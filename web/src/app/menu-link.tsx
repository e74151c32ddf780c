import { Menu } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

/** An entry of a menu that leads to a page. */
export const MenuLink = createLink((props: ComponentPropsWithRef<'a'>) => (
  <Menu.Item component="a" {...props} />
));
