package org.torpeer.pow;

/** A program that prints which kernels its JVM uses. */
final class KernelNames {
    private KernelNames() {}

    public static void main(String[] arguments) {
        System.out.println("sha256 " + Kernels.searching("sha256", ""));
        System.out.println("scrypt " + Kernels.searching("scrypt", "N=1024,r=8,p=1"));
    }
}
