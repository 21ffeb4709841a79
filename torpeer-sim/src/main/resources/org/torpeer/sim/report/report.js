'use strict';
(() => {
  const film = JSON.parse(document.getElementById('film').textContent);
  const canvas = document.getElementById('network');
  const slider = document.getElementById('time');
  const now = document.getElementById('now');
  const hint = document.getElementById('hint');
  const play = document.getElementById('play');
  const nodes = film.nodes.map(([number, kind, x, y]) => ({ number, kind, x, y }));
  const ROUTER = 1;
  const MALICIOUS = 2;
  const SECONDS = 12;

  const keyOf = (a, b) => a * nodes.length + b;
  const pairs = list => Array.from({ length: list.length / 2 }, (_, i) => keyOf(list[2 * i], list[2 * i + 1]));
  const links = [];
  const open = new Set();
  for (const frame of film.frames) {
    pairs(frame.r).forEach(key => open.delete(key));
    pairs(frame.a).forEach(key => open.add(key));
    links.push(Uint32Array.from(open));
  }

  let chosen = -1;
  let colours = {};
  let timer = 0;

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const value = name => style.getPropertyValue('--' + name).trim();
    colours = { ink: value('ink'), none: value('none'), all: value('c0'), bad: value('bad'), paper: value('raised'), mark: value('c1') };
  }

  function mix(share) {
    const channel = (colour, i) => {
      const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour;
      return parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    };
    const parts = [0, 1, 2].map(i =>
      Math.round(channel(colours.none, i) * (1 - share) + channel(colours.all, i) * share));
    return `rgb(${parts.join(',')})`;
  }

  function size() {
    return Math.max(3, Math.min(8, canvas.clientWidth / 6 / Math.sqrt(nodes.length)));
  }

  function place(node) {
    const edge = 24;
    return [edge + node.x * (canvas.clientWidth - 2 * edge), edge + node.y * (canvas.clientHeight - 2 * edge)];
  }

  function timeText(seconds) {
    const whole = Math.round(seconds);
    const two = number => String(number).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    return (hours ? hours + ':' + two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)) + ':' + two(whole % 60);
  }

  function drawLinks(context, frame) {
    const touched = new Set();
    const plain = new Path2D();
    const marked = new Path2D();
    for (const key of links[frame]) {
      const from = Math.floor(key / nodes.length);
      const to = key % nodes.length;
      const mine = from === chosen || to === chosen;
      if (mine) {
        touched.add(from === chosen ? to : from);
      }
      const path = mine ? marked : plain;
      path.moveTo(...place(nodes[from]));
      path.lineTo(...place(nodes[to]));
    }
    context.strokeStyle = colours.ink;
    context.lineWidth = 1;
    context.globalAlpha = Math.max(0.07, Math.min(0.35, 60 / (links[frame].length + 1))) * (chosen < 0 ? 1 : 0.5);
    context.stroke(plain);
    context.globalAlpha = 0.9;
    context.strokeStyle = colours.mark;
    context.lineWidth = 1.5;
    context.stroke(marked);
    context.globalAlpha = 1;
    return touched;
  }

  function drawNode(context, node, index, state, faded) {
    const [x, y] = place(node);
    const radius = size() * (node.kind === ROUTER ? 1.25 : 1);
    context.globalAlpha = faded ? 0.3 : 1;
    context.beginPath();
    if (node.kind === ROUTER) {
      context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, 3);
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    if (state === '.') {
      context.fillStyle = colours.paper;
      context.fill();
      context.strokeStyle = colours.none;
      context.lineWidth = 1.5;
      context.stroke();
    } else {
      context.fillStyle = node.kind === MALICIOUS ? colours.bad : mix((state.charCodeAt(0) - 97) / 25);
      context.fill();
      context.lineWidth = node.kind === ROUTER || index === chosen ? 2 : 1;
      context.strokeStyle = node.kind === ROUTER || index === chosen ? colours.ink : colours.paper;
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  function draw() {
    const frame = Number(slider.value);
    const shown = film.frames[frame];
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const touched = drawLinks(context, frame);
    nodes.forEach((node, i) => drawNode(context, node, i, shown.s[i], chosen >= 0 && i !== chosen && !touched.has(i)));
    const up = [...shown.s].filter(state => state !== '.').length;
    now.textContent = `${timeText(shown.t)} · ${up} up · ${links[frame].length} sessions · ${(shown.d * 100).toFixed(1)} % discovered`;
    hint.textContent = chosen < 0 ? '' : describe(nodes[chosen], shown.s[chosen], touched.size);
  }

  function describe(node, state, sessions) {
    const kind = ['participant', 'router', 'malicious node'][node.kind];
    const knows = Math.round((state.charCodeAt(0) - 97) * 4);
    return `${kind} ${node.number}: ` + (state === '.' ? 'not running' : `${sessions} sessions, knows ${knows} %`);
  }

  function choose(event) {
    const box = canvas.getBoundingClientRect();
    const reach = Math.max(16, size() * 2);
    let nearest = reach;
    let found = -1;
    nodes.forEach((node, i) => {
      const [x, y] = place(node);
      const away = Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
      if (away < nearest) {
        nearest = away;
        found = i;
      }
    });
    if (found !== chosen) {
      chosen = found;
      draw();
    }
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = '\u25b6';
    play.setAttribute('aria-label', 'play');
  }

  function start() {
    if (slider.value === slider.max) {
      slider.value = 0;
    }
    play.textContent = '\u275a\u275a';
    play.setAttribute('aria-label', 'pause');
    timer = setInterval(() => {
      slider.value = Number(slider.value) + 1;
      draw();
      if (slider.value === slider.max) {
        stop();
      }
    }, SECONDS * 1000 / film.frames.length);
  }

  slider.max = film.frames.length - 1;
  slider.value = slider.max;
  document.getElementById('bad').hidden = !nodes.some(node => node.kind === MALICIOUS);
  slider.addEventListener('input', () => { stop(); draw(); });
  play.addEventListener('click', () => timer ? stop() : start());
  canvas.addEventListener('pointermove', choose);
  canvas.addEventListener('pointerdown', choose);
  canvas.addEventListener('pointerleave', () => { chosen = -1; draw(); });
  window.addEventListener('resize', draw);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); draw(); });
  readColours();
  draw();
})();
