import { Menu, type MenuItemProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type Props = MenuItemProps & Omit<ComponentPropsWithRef<'a'>, keyof MenuItemProps>;

/** An entry of a menu that leads to another screen. */
export const MenuLink = createLink((props: Props) => <Menu.Item component="a" {...props} />);
