#!/usr/bin/env node
// `runTests` always switches workspace trust off. A scenario about trust names this as its VS Code: it starts
// the real one, LAMBDA_LENS_VSCODE, with everything but that.
import { spawn } from 'node:child_process';

const vscode = process.env.LAMBDA_LENS_VSCODE;
if (!vscode) throw new Error('LAMBDA_LENS_VSCODE has to name the VS Code to start.');
const args = process.argv.slice(2).filter(argument => argument !== '--disable-workspace-trust');
const child = spawn(vscode, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', code => process.exit(code ?? 1));
