export declare function thirdPartyNotices(): string;
