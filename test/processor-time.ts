/** Starts to count this process's processor time, in milliseconds: on a busy machine the clock runs on while a test waits, this does not. */
export function processorTime(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
}
